package io.kalam.websocket;

import java.io.IOException;

import io.kalam.access.RealtimeUser;
import io.kalam.websocket.EventStreamPolicy.RefusedStreamException;
import io.kalam.websocket.UpgradePolicy.Refusal;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.http.HttpHeaders;
import org.springframework.http.server.ServletServerHttpRequest;

/**
 * The endpoint of event streams in a servlet container: one subscription, told as
 * server-sent events. Asynchronous: a stream has no thread of the container's.
 */
public final class EventStreamServlet extends EndpointServlet {

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
	void prepare(ServletServerHttpRequest request, HttpServletResponse response) {
		HttpHeaders headers = new HttpHeaders();
		this.policy.write(request.getHeaders(), headers);
		write(headers, response);
	}

	@Override
	@Nullable Refusal refusal(ServletServerHttpRequest request, UpgradeRequest who) {
		return this.policy.refusal(request.getMethod(), request.getHeaders(), who);
	}

	@Override
	void serve(HttpServletRequest request, HttpServletResponse response, UpgradeRequest who) {
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

}
