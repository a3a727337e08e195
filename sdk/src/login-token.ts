/** The credential of a person who has logged in. */
export class LoginToken {
  static readonly ENDPOINT = "/api/login";

  /** Null until its user has logged in. */
  token: string | null = null;
}
