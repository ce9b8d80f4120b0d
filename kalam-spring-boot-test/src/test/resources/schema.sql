CREATE TABLE tickets (
	id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	assignee_id text NOT NULL,
	title text NOT NULL,
	stage text NOT NULL DEFAULT 'open',
	updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE notices (id bigint PRIMARY KEY, body text);
INSERT INTO notices VALUES (1, 'The printer is out of paper');
