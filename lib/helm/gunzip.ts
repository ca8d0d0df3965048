/** The part of the library that archives need, apart from the rest. */
export { FlateErrorCode, Gunzip, type FlateError } from 'fflate'
