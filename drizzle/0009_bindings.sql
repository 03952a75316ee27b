UPDATE `links` SET `bound_to` = NULL WHERE `bound_to` IS NOT NULL AND (`anonymous` = 0 OR `public_stats` = 0 OR `password_hash` IS NOT NULL);
