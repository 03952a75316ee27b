ALTER TABLE `accounts` ADD `stable_id` text;--> statement-breakpoint
UPDATE `accounts` SET `stable_id` = lower(hex(randomblob(16)));--> statement-breakpoint
CREATE UNIQUE INDEX `accounts_stable` ON `accounts` (`stable_id`);
