CREATE TABLE `account_totals` (
	`account_id` integer NOT NULL,
	`bound` integer NOT NULL,
	`links` integer NOT NULL,
	`clicks` integer NOT NULL,
	`bots` integer NOT NULL,
	`visitors` integer NOT NULL,
	`redirect_us` integer NOT NULL,
	`last_at_ms` integer,
	PRIMARY KEY(`account_id`, `bound`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `profiles` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`country` integer NOT NULL,
	`browser` integer NOT NULL,
	`os` integer NOT NULL,
	`device` integer NOT NULL,
	`language` integer NOT NULL,
	`bot` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `profiles_whole` ON `profiles` (`country`,`browser`,`os`,`device`,`language`,`bot`);--> statement-breakpoint
DROP INDEX `links_owner`;--> statement-breakpoint
CREATE INDEX `links_owner` ON `links` (`owner_id`,`deleted_at`,`created_at`,`id`);--> statement-breakpoint
INSERT INTO `profiles` (`country`, `browser`, `os`, `device`, `language`, `bot`)
	SELECT DISTINCT `country`, `browser`, `os`, `device`, `language`, `bot` FROM `clicks`;
--> statement-breakpoint
CREATE TABLE `__new_clicks` (
	`link_id` integer NOT NULL,
	`at_ms` integer NOT NULL,
	`seq` integer NOT NULL,
	`profile` integer NOT NULL,
	`referrer` integer NOT NULL,
	`visitor` blob,
	`redirect_us` integer NOT NULL,
	PRIMARY KEY(`link_id`, `at_ms`, `seq`)
) WITHOUT ROWID;
--> statement-breakpoint
INSERT INTO `__new_clicks`
	SELECT c.`link_id`, c.`at_ms`, c.`seq`, p.`id`, c.`referrer`, c.`visitor`, c.`redirect_us`
	FROM `clicks` AS c JOIN `profiles` AS p USING (`country`, `browser`, `os`, `device`, `language`, `bot`);
--> statement-breakpoint
DROP TABLE `clicks`;--> statement-breakpoint
ALTER TABLE `__new_clicks` RENAME TO `clicks`;--> statement-breakpoint
ALTER TABLE `link_days` ADD `redirect_us` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
UPDATE `link_days` SET `redirect_us` = (
	SELECT coalesce(sum(c.`redirect_us`), 0) FROM `clicks` AS c
	WHERE c.`link_id` = `link_days`.`link_id`
		AND c.`at_ms` >= `link_days`.`day` * 86400000 AND c.`at_ms` < (`link_days`.`day` + 1) * 86400000
);
--> statement-breakpoint
INSERT INTO `account_totals`
	SELECT l.`owner_id`, 0, count(*), coalesce(sum(t.`clicks`), 0), coalesce(sum(t.`bots`), 0),
		coalesce(sum(t.`visitors`), 0), coalesce(sum(t.`redirect_us`), 0), coalesce(max(t.`last_at_ms`), 0)
	FROM `links` AS l LEFT JOIN `link_totals` AS t ON t.`link_id` = l.`id`
	WHERE l.`deleted_at` IS NULL GROUP BY l.`owner_id`;
--> statement-breakpoint
INSERT INTO `account_totals`
	SELECT l.`bound_to`, 1, count(*), coalesce(sum(t.`clicks`), 0), coalesce(sum(t.`bots`), 0),
		coalesce(sum(t.`visitors`), 0), coalesce(sum(t.`redirect_us`), 0), coalesce(max(t.`last_at_ms`), 0)
	FROM `links` AS l LEFT JOIN `link_totals` AS t ON t.`link_id` = l.`id`
	WHERE l.`deleted_at` IS NULL AND l.`bound_to` <> l.`owner_id` GROUP BY l.`bound_to`;
--> statement-breakpoint
INSERT INTO `account_totals`
	SELECT 0, 0, (SELECT count(*) FROM `links`), coalesce(sum(`clicks`), 0), coalesce(sum(`bots`), 0),
		coalesce(sum(`visitors`), 0), coalesce(sum(`redirect_us`), 0), coalesce(max(`last_at_ms`), 0)
	FROM `link_totals`;
