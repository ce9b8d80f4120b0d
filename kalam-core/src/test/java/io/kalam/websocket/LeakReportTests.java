package io.kalam.websocket;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LeakReportTests {

	private static final String HEAD = "LEAK: ByteBuf.release() was not called before it's garbage-collected.";

	private static final String DRIVER = "\n\tio.r2dbc.postgresql.message.backend.RowDescription.decode(RowDescription.java:60)";

	private static final String NETTY = "\n\tio.netty.buffer.AdvancedLeakAwareByteBuf.readBytes(AdvancedLeakAwareByteBuf.java:496)";

	@Test
	void aReportThatNamesOnlyTheDriverIsNotOurs() {
		assertThat(LeakReport.isOurs(HEAD + "\nRecent access records:\n#1:" + NETTY + DRIVER)).isFalse();
	}

	@Test
	void aReportThatNamesUsIsOurs() {
		String ours = "\n\tio.kalam.websocket.ReactorNettySession.send(ReactorNettySession.java:80)";
		assertThat(LeakReport.isOurs(HEAD + NETTY + ours)).isTrue();
		assertThat(LeakReport.isOurs(HEAD + NETTY + DRIVER + ours)).isTrue();
	}

	@Test
	void aReportThatNamesNobodyIsOurs() {
		assertThat(LeakReport.isOurs(HEAD)).isTrue();
		assertThat(LeakReport.isOurs(HEAD + NETTY)).isTrue();
	}

}
