/** What a user is made with; what is left out has its default. */
export interface UserProperties {
  readonly firstName?: string;
  readonly lastName?: string;
  readonly userId?: number;
  readonly email?: string;
  readonly password?: string;
  readonly platformIds?: readonly string[];
  readonly isAdmin?: boolean;
  readonly priority?: number;
  readonly companyId?: number | null;
}
