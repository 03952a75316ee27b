CREATE TABLE `accounts` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`kind` text NOT NULL,
	`role` text DEFAULT 'member' NOT NULL,
	`email` text,
	`email_verified` integer DEFAULT false NOT NULL,
	`display_name` text DEFAULT '' NOT NULL,
	`image` text,
	`plan` text NOT NULL,
	`plan_expires_at` integer,
	`suspended` integer DEFAULT false NOT NULL,
	`two_factor_enabled` integer DEFAULT false NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `accounts_email` ON `accounts` (`email`);--> statement-breakpoint
CREATE TABLE `campaigns` (
	`id` text PRIMARY KEY NOT NULL,
	`account_id` integer NOT NULL,
	`name` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `campaigns_account` ON `campaigns` (`account_id`);--> statement-breakpoint
CREATE TABLE `clicks` (
	`link_id` integer NOT NULL,
	`at_ms` integer NOT NULL,
	`seq` integer NOT NULL,
	`country` integer NOT NULL,
	`browser` integer NOT NULL,
	`os` integer NOT NULL,
	`device` integer NOT NULL,
	`referrer` integer NOT NULL,
	`language` integer NOT NULL,
	`bot` integer NOT NULL,
	`visitor` blob,
	`redirect_us` integer NOT NULL,
	PRIMARY KEY(`link_id`, `at_ms`, `seq`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `day_visitors` (
	`day` integer NOT NULL,
	`link_id` integer NOT NULL,
	`visitor` blob NOT NULL,
	PRIMARY KEY(`day`, `link_id`, `visitor`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `dictionary` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`text` text NOT NULL,
	`domain_id` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `dictionary_text` ON `dictionary` (`text`);--> statement-breakpoint
CREATE TABLE `domains` (
	`id` text PRIMARY KEY NOT NULL,
	`account_id` integer NOT NULL,
	`host` text NOT NULL,
	`txt_record` text NOT NULL,
	`verified` integer DEFAULT false NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `domains_host` ON `domains` (`host`,`account_id`);--> statement-breakpoint
CREATE TABLE `keys` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`account_id` integer NOT NULL,
	`kind` text NOT NULL,
	`hash` text NOT NULL,
	`mask` text NOT NULL,
	`sealed` text,
	`name` text DEFAULT '' NOT NULL,
	`active` integer DEFAULT true NOT NULL,
	`allowed_ips` text DEFAULT '[]' NOT NULL,
	`expires_at` integer,
	`requests_count` integer DEFAULT 0 NOT NULL,
	`last_used_at` integer,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `keys_hash` ON `keys` (`hash`);--> statement-breakpoint
CREATE INDEX `keys_account` ON `keys` (`account_id`);--> statement-breakpoint
CREATE TABLE `link_days` (
	`link_id` integer NOT NULL,
	`day` integer NOT NULL,
	`clicks` integer NOT NULL,
	`bots` integer NOT NULL,
	`visitors` integer NOT NULL,
	PRIMARY KEY(`link_id`, `day`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `link_totals` (
	`link_id` integer PRIMARY KEY NOT NULL,
	`clicks` integer NOT NULL,
	`bots` integer NOT NULL,
	`visitors` integer NOT NULL,
	`redirect_us` integer NOT NULL,
	`last_at_ms` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `links` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`domain_id` text DEFAULT '' NOT NULL,
	`code` text NOT NULL,
	`destination` text NOT NULL,
	`owner_id` integer NOT NULL,
	`anonymous` integer DEFAULT false NOT NULL,
	`bound_to` integer,
	`title` text,
	`password_hash` text,
	`starts_at` integer,
	`expires_at` integer,
	`max_clicks` integer,
	`spent` integer DEFAULT 0 NOT NULL,
	`redirect_status` integer,
	`forward_query` integer DEFAULT false NOT NULL,
	`enabled` integer DEFAULT true NOT NULL,
	`public_stats` integer DEFAULT false NOT NULL,
	`tags` text DEFAULT '[]' NOT NULL,
	`folder` text,
	`notes` text,
	`campaign_id` text,
	`guest_session_id` text,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`deleted_at` integer,
	FOREIGN KEY (`owner_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`bound_to`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE set null,
	FOREIGN KEY (`campaign_id`) REFERENCES `campaigns`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE UNIQUE INDEX `links_code` ON `links` (`domain_id`,`code`);--> statement-breakpoint
CREATE INDEX `links_owner` ON `links` (`owner_id`,`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `links_bound` ON `links` (`bound_to`);--> statement-breakpoint
CREATE TABLE `plans` (
	`name` text PRIMARY KEY NOT NULL,
	`requests_per_hour` integer,
	`mint_keys` integer NOT NULL,
	`custom_codes` integer NOT NULL,
	`all_exports` integer NOT NULL,
	`full_stats` integer NOT NULL,
	`api_access` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `salts` (
	`day` integer PRIMARY KEY NOT NULL,
	`salt` blob NOT NULL
);
--> statement-breakpoint
CREATE TABLE `settings` (
	`name` text PRIMARY KEY NOT NULL,
	`value` text NOT NULL
);
