CREATE INDEX `accounts_admins` ON `accounts` (`suspended`) WHERE "accounts"."role" = 'admin';--> statement-breakpoint
CREATE INDEX `accounts_former` ON `accounts` (`kind`) WHERE "accounts"."kind" = 'former';--> statement-breakpoint
CREATE INDEX `accounts_plan` ON `accounts` (`plan`);--> statement-breakpoint
CREATE INDEX `guest_sessions_seen` ON `guest_sessions` (`seen_at`);--> statement-breakpoint
CREATE INDEX `links_anonymous_expiry` ON `links` (`expires_at`) WHERE "links"."anonymous" = 1 AND "links"."expires_at" IS NOT NULL;--> statement-breakpoint
CREATE INDEX `links_campaign` ON `links` (`campaign_id`,`deleted_at`) WHERE "links"."campaign_id" IS NOT NULL;--> statement-breakpoint
UPDATE `links` SET `expires_at` = `created_at` + 604800000 WHERE `anonymous` = 1 AND (`expires_at` IS NULL OR `expires_at` > `created_at` + 604800000) AND `owner_id` IN (SELECT `id` FROM `accounts` WHERE `kind` = 'guest');--> statement-breakpoint
DROP TABLE IF EXISTS `sqlite_stat1`;--> statement-breakpoint
DROP TABLE IF EXISTS `sqlite_stat4`;
