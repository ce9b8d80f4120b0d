package io.kalam.websocket;

import java.io.IOException;

import io.kalam.websocket.UpgradePolicy.Refusal;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.server.ServletServerHttpRequest;

/**
 * An endpoint in a servlet container: who may not use it is answered, whoever may is
 * served.
 */
abstract class EndpointServlet extends HttpServlet {

	@Override
	protected final void service(HttpServletRequest request, HttpServletResponse response)
			throws ServletException, IOException {
		ServletServerHttpRequest http = new ServletServerHttpRequest(request);
		UpgradeRequest who = UpgradeRequest.of(http.getHeaders(), request.getParameterMap().keySet());
		prepare(http, response);
		Refusal refusal = refusal(http, who);
		if (refusal != null) {
			refuse(response, refusal);
		}
		else {
			serve(request, response, who);
		}
	}

	/**
	 * Writes what every answer says, a refusal too: nothing unless overridden.
	 */
	void prepare(ServletServerHttpRequest request, HttpServletResponse response) {
	}

	/**
	 * Decides about a request.
	 * @param request the request
	 * @param who what it says about who sends it
	 * @return the answer, or {@code null} if it is to be served
	 */
	abstract @Nullable Refusal refusal(ServletServerHttpRequest request, UpgradeRequest who);

	abstract void serve(HttpServletRequest request, HttpServletResponse response, UpgradeRequest who)
			throws ServletException, IOException;

	static void refuse(HttpServletResponse response, Refusal refusal) throws IOException {
		response.setStatus(refusal.status().value());
		write(refusal.headers(), response);
		response.getOutputStream().write(refusal.body());
	}

	static void write(HttpHeaders headers, HttpServletResponse response) {
		headers.forEach((name, values) -> values.forEach((value) -> response.setHeader(name, value)));
	}

}
