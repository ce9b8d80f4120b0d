package io.kalam.websocket;

import java.util.function.Function;

import jakarta.servlet.http.WebConnection;
import org.apache.coyote.http11.upgrade.InternalHttpUpgradeHandler;
import org.apache.tomcat.util.net.AbstractEndpoint.Handler.SocketState;
import org.apache.tomcat.util.net.SSLSupport;
import org.apache.tomcat.util.net.SocketEvent;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Takes over a socket of Tomcat after its upgrade. Public because Tomcat creates it.
 */
public final class TomcatUpgradeHandler implements InternalHttpUpgradeHandler {

	private @Nullable Function<Wire, Wire.Listener> taker;

	private @Nullable SocketWrapperBase<?> socket;

	private volatile Wire.@Nullable Listener listener;

	/**
	 * Says who takes the socket. Called before the request has been answered.
	 * @param taker is called once, by Tomcat's thread, and returns who is told that the
	 * socket has gone
	 */
	void giveTo(Function<Wire, Wire.Listener> taker) {
		this.taker = taker;
	}

	@Override
	public void setSocketWrapper(SocketWrapperBase<?> wrapper) {
		this.socket = wrapper;
	}

	@Override
	public void init(WebConnection connection) {
		Assert.state(this.socket != null && this.taker != null, "Sockets are served in Tomcat only");
		this.listener = this.taker.apply(new TomcatWire(this.socket));
	}

	@Override
	public boolean hasAsyncIO() {
		return true;
	}

	/**
	 * Something has happened to the socket that is neither a read nor a write of ours.
	 */
	@Override
	public SocketState upgradeDispatch(SocketEvent status) {
		destroy();
		return SocketState.CLOSED;
	}

	@Override
	public void timeoutAsync(long now) {
	}

	@Override
	public void setSslSupport(SSLSupport sslSupport) {
	}

	@Override
	public void pause() {
	}

	@Override
	public void destroy() {
		Wire.Listener present = this.listener;
		if (present != null) {
			present.gone();
		}
	}

}
