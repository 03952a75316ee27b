ALTER TABLE `two_factors` ADD `last_step` integer;--> statement-breakpoint
ALTER TABLE `verifications` ADD `account_id` integer REFERENCES accounts(id) ON DELETE cascade;--> statement-breakpoint
ALTER TABLE `verifications` ADD `label` text DEFAULT '' NOT NULL;--> statement-breakpoint
CREATE INDEX `verifications_account` ON `verifications` (`account_id`);--> statement-breakpoint
DELETE FROM `verifications` WHERE `expires_at` - `created_at` < 660000;--> statement-breakpoint
UPDATE `verifications` SET `account_id` = CAST(`value` AS integer) WHERE `value` NOT GLOB '*[^0-9]*' AND CAST(`value` AS integer) IN (SELECT `id` FROM `accounts`);--> statement-breakpoint
UPDATE `verifications` SET `identifier` = 'trust~' || `identifier` WHERE `expires_at` - `created_at` > 86400000;
