INSERT INTO tickets (assignee_id, title, priority, status)
SELECT seed.*
FROM (VALUES
	('alice', 'Checkout fails with a saved card', 'urgent', 'open'),
	('alice', 'Invoice shows the wrong company name', 'normal', 'open'),
	('alice', 'Export to CSV stops at 10,000 rows', 'high', 'in_progress'),
	('alice', 'Dark theme for the status page', 'low', 'done'),
	('bob', 'Password reset mail arrives twice', 'high', 'open'),
	('bob', 'Search ignores umlauts', 'normal', 'in_progress'),
	('bob', 'Typo on the pricing page', 'low', 'closed'),
	('carol', 'Mobile menu covers the cookie notice', 'normal', 'open'),
	('carol', 'Upload of large attachments times out', 'urgent', 'in_progress')
) AS seed (assignee_id, title, priority, status)
WHERE NOT EXISTS (SELECT FROM tickets);

INSERT INTO messages (room, author, body)
SELECT seed.*
FROM (VALUES
	('general', 'alice', 'Good morning! Who takes the CSV export?'),
	('general', 'bob', 'I looked at it yesterday, it is the page size. Yours if you like.'),
	('general', 'carol', 'Release is at four today.'),
	('incidents', 'carol', 'Uploads are slow again, watching the queue.')
) AS seed (room, author, body)
WHERE NOT EXISTS (SELECT FROM messages);
