DROP INDEX `webhook_deliveries_due`;--> statement-breakpoint
CREATE INDEX `webhook_deliveries_waiting` ON `webhook_deliveries` (`webhook_id`,`next_at`) WHERE "webhook_deliveries"."state" = 'waiting';--> statement-breakpoint
CREATE INDEX `webhook_deliveries_clicks` ON `webhook_deliveries` (`webhook_id`,`next_at`) WHERE "webhook_deliveries"."state" = 'waiting' AND "webhook_deliveries"."event" = 'click';--> statement-breakpoint
CREATE INDEX `webhook_deliveries_age` ON `webhook_deliveries` (`created_at`);--> statement-breakpoint
ALTER TABLE `webhooks` ADD `dropped_clicks` integer DEFAULT 0 NOT NULL;