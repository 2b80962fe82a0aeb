/** A replay that cannot be done; `message`: Spanish, what is missing or wrong with the hand-in. */
export class ReplayImpossible extends Error {
  override readonly name = 'ReplayImpossible';
}
