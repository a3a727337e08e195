/** The kinds of credential. */
export const TokenType = {
  /** Of a person who has logged in. */
  Login: 0,
  /** Of programs that submit and read jobs. */
  Job: 1,
  /** Of workers. */
  API_Key: 2,
} as const;

export type TokenType = (typeof TokenType)[keyof typeof TokenType];
