/** The content of an email. Plain text from strangers: escape it. */
export interface EmailContent {
  readonly interactionId?: string;
  readonly text?: string;
  readonly fromAddress?: string;
  readonly toAddress?: string;
  readonly subject?: string;
}
