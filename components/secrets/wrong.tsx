/** What is wrong at an input; always there, so that what appears in it is spoken. */
export const Wrong = ({ id, text }: { id: string; text: string | undefined }) => (
  <div id={id} role="alert">
    {text !== undefined && <p className="finding error">{text}</p>}
  </div>
)
