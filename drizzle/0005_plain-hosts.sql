-- Hosts of domains in their one spelling: without the dot that may end a name, and without a usual port.
CREATE TEMP TABLE plain_hosts AS
  SELECT id, host, verified, account_id, created_at,
    rtrim(substr(host, 1, instr(host || ':', ':') - 1), '.') ||
      CASE substr(host, instr(host || ':', ':')) WHEN ':80' THEN '' WHEN ':443' THEN '' ELSE substr(host, instr(host || ':', ':')) END AS plain
  FROM domains;
--> statement-breakpoint
-- of two that were verified and are one host, the one that was written plainly keeps it, else the older one
UPDATE domains SET verified = 0 WHERE verified AND EXISTS (
  SELECT 1 FROM plain_hosts AS own JOIN plain_hosts AS other ON other.plain = own.plain AND other.id <> own.id
  WHERE own.id = domains.id AND other.verified AND own.host <> own.plain
    AND (other.host = other.plain OR (other.created_at, other.id) < (own.created_at, own.id)));
--> statement-breakpoint
UPDATE OR IGNORE domains SET host = (SELECT plain FROM plain_hosts WHERE plain_hosts.id = domains.id)
  WHERE host <> (SELECT plain FROM plain_hosts WHERE plain_hosts.id = domains.id);
--> statement-breakpoint
-- an account that had both spellings keeps the plain one; the other serves nothing
UPDATE domains SET verified = 0 WHERE host <> (SELECT plain FROM plain_hosts WHERE plain_hosts.id = domains.id);
--> statement-breakpoint
DROP TABLE plain_hosts;
