/** Text in a Compose file that Compose does not interpolate: every dollar sign is doubled. */
export const composeText = (text: string): string => text.replaceAll('$', '$$$$')

/** Text in a workflow that GitHub does not evaluate. Source: GitHub's expression syntax, in which a string may hold any text. */
export const actionsText = (text: string): string => text.replaceAll('${{', "${{ '${{' }}")
