package io.kalam.websocket;

import java.io.IOException;

import io.kalam.access.RealtimeUser;
import io.kalam.websocket.EventStreamPolicy.RefusedStreamException;
import io.kalam.websocket.UpgradePolicy.Refusal;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.http.HttpHeaders;
import org.springframework.http.server.ServletServerHttpRequest;

/**
 * The endpoint of event streams in a servlet container: one subscription, told as
 * server-sent events. Asynchronous: a stream has no thread of the container's.
 */
public final class EventStreamServlet extends HttpServlet {

	private static final Logger logger = LoggerFactory.getLogger(EventStreamServlet.class);

	private final transient RealtimeConnections connections;

	private final transient EventStreamPolicy policy;

	/**
	 * An endpoint, to be registered as one that supports asynchronous requests.
	 * @param connections where the streams are kept, as sockets are
	 * @param settings who may use it
	 */
	public EventStreamServlet(RealtimeConnections connections, WebSocketSettings settings) {
		this.connections = connections;
		this.policy = new EventStreamPolicy(settings, connections);
	}

	@Override
	protected void service(HttpServletRequest request, HttpServletResponse response)
			throws ServletException, IOException {
		ServletServerHttpRequest http = new ServletServerHttpRequest(request);
		UpgradeRequest who = UpgradeRequest.of(http.getHeaders(), request.getParameterMap().keySet());
		HttpHeaders headers = new HttpHeaders();
		this.policy.write(http.getHeaders(), headers);
		write(headers, response);
		Refusal refusal = this.policy.refusal(http.getMethod(), http.getHeaders(), who);
		if (refusal != null) {
			refuse(response, refusal);
			return;
		}
		AsyncContext async = request.startAsync();
		async.setTimeout(0);
		this.policy.authenticate(who).subscribe((user) -> answer(async, user), (ex) -> refuse(async, ex));
	}

	private void answer(AsyncContext async, RealtimeUser user) {
		try {
			ServletRequest request = async.getRequest();
			open(async, user, this.policy.read(request.getParameter("sql"), request.getParameter("params"),
					new ServletServerHttpRequest((HttpServletRequest) request).getHeaders()));
		}
		catch (RefusedStreamException | IOException ex) {
			refuse(async, ex);
		}
	}

	private void open(AsyncContext async, RealtimeUser user, EventStreamRequest wanted) throws IOException {
		HttpServletResponse response = (HttpServletResponse) async.getResponse();
		HttpHeaders headers = new HttpHeaders();
		this.policy.begin(headers);
		write(headers, response);
		new ServletEventStream(async, response.getOutputStream(), this.connections).open(user, wanted);
	}

	private static void refuse(AsyncContext async, Throwable ex) {
		try {
			if (ex instanceof RefusedStreamException refused) {
				refuse((HttpServletResponse) async.getResponse(), refused.refusal());
			}
		}
		catch (IOException gone) {
			logger.debug("The client has gone before it was refused", gone);
		}
		finally {
			async.complete();
		}
	}

	private static void refuse(HttpServletResponse response, Refusal refusal) throws IOException {
		response.setStatus(refusal.status().value());
		write(refusal.headers(), response);
		response.getOutputStream().write(refusal.body());
	}

	private static void write(HttpHeaders headers, HttpServletResponse response) {
		headers.forEach((name, values) -> values.forEach((value) -> response.setHeader(name, value)));
	}

}
