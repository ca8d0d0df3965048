import { useEffect, useState } from 'react'

/** Says what an edit did, once typing pauses. */
export function Announcer({ text, share }: { text: string; share: string | undefined }) {
  const [said, setSaid] = useState('')
  useEffect(() => {
    const timer = setTimeout(() => setSaid(text), 1000)
    return () => clearTimeout(timer)
  }, [text])
  return (
    <div className="sr" aria-live="polite">
      {share ?? said}
    </div>
  )
}
