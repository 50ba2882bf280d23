import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/** The table of tokens for REST (drizzle/*_access_tokens.sql) as types; schema.ts says how the two are held together. */

export const accessTokens = sqliteTable('access_tokens', {
	companyId: integer('company_id').notNull(),
	id: integer('id').notNull(),
	uuid: text('uuid').notNull(),
	userId: integer('user_id').notNull(),
	name: text('name').notNull(),
	tokenSha256: text('token_sha256').notNull(),
	permissions: text('permissions').notNull(),
	issuedAt: text('issued_at').notNull(),
	expiresAt: text('expires_at'),
	revokedAt: text('revoked_at'),
	revokedBy: integer('revoked_by'),
});
