/**
 * A signed-in user: the token, kept in memory only, and the calls that need it.
 */
export class Session {
	#ttlSeconds;
	#token = null;

	/** How long a token is good is the server's choice, unless `ttlSeconds` asks for less. */
	constructor(user, ttlSeconds) {
		this.user = user;
		this.#ttlSeconds = ttlSeconds;
	}

	/** Gives the user's token, a new one if asked for. */
	async token(fresh = false) {
		if (fresh || !this.#token) {
			const { token } = await call("POST", "/api/session", { user: this.user, ttl_seconds: this.#ttlSeconds });
			this.#token = token;
		}
		return this.#token;
	}

	/** Calls the API. What goes wrong is an `Error` with a message for the user. */
	async send(method, path, body) {
		try {
			return await call(method, path, body, await this.token());
		} catch (error) {
			if (error.status !== 401) {
				throw error;
			}
			return call(method, path, body, await this.token(true));
		}
	}
}

async function call(method, path, body, token) {
	const headers = { Accept: "application/json" };
	if (body) {
		headers["Content-Type"] = "application/json";
	}
	if (token) {
		headers.Authorization = `Bearer ${token}`;
	}
	const response = await fetch(path, { method, headers, body: body && JSON.stringify(body) }).catch(() => {
		throw new Error("The server can't be reached. Nothing was changed.");
	});
	const text = await response.text();
	if (!response.ok) {
		throw Object.assign(new Error(problem(response, text)), { status: response.status });
	}
	return text ? JSON.parse(text) : null;
}

function problem(response, text) {
	if (response.headers.get("Content-Type")?.startsWith("application/problem+json")) {
		return JSON.parse(text).detail;
	}
	return `The server answered ${response.status}.`;
}
