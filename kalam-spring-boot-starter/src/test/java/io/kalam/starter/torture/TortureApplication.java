package io.kalam.starter.torture;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;

import io.kalam.RealtimeTable;
import io.kalam.RealtimeTableType;
import io.kalam.starter.TokensOfTests;
import io.netty.channel.ChannelOption;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.data.annotation.Id;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;

/**
 * The application that is killed: a table whose rows have owners, one that everybody
 * sees, and so little room in the network that a slow reader is noticed. It is gone when
 * the process that started it lets go of its standard input.
 */
@SpringBootApplication
public class TortureApplication {

	/** What its standard output says, before the port, when it serves. */
	static final String READY = "ready on ";

	private static final int SEND_BUFFER = 16 << 10;

	@Bean
	ReactiveJwtDecoder tokens() {
		return new TokensOfTests();
	}

	@Bean
	WebServerFactoryCustomizer<NettyReactiveWebServerFactory> smallBuffers() {
		return (factory) -> factory
			.addServerCustomizers((server) -> server.childOption(ChannelOption.SO_SNDBUF, SEND_BUFFER));
	}

	public static void main(String[] args) {
		Thread parent = new Thread(TortureApplication::endWithParent, "parent");
		parent.setDaemon(true);
		parent.start();
		ConfigurableApplicationContext context = SpringApplication.run(TortureApplication.class, args);
		System.out.println(READY + context.getEnvironment().getProperty("local.server.port"));
	}

	private static void endWithParent() {
		try {
			System.in.transferTo(OutputStream.nullOutputStream());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		finally {
			Runtime.getRuntime().halt(0);
		}
	}

	/**
	 * A row that has an owner, or none.
	 */
	@RealtimeTable(owner = "owner")
	public record Note(@Id Long id, String owner) {

	}

	/**
	 * A row that is everybody's.
	 */
	@RealtimeTable(type = RealtimeTableType.SHARED)
	public record Board(@Id Long id) {

	}

}
