/** The part of the library that archives need, apart from the rest. */
export { Gunzip } from 'fflate'
