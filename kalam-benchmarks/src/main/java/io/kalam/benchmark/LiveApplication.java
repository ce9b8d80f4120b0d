package io.kalam.benchmark;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.kalam.pipeline.PipelineState;
import io.kalam.pipeline.RealtimePipeline;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.Assert;

/**
 * The application with Kalam, which also tells when changes are streamed.
 */
public final class LiveApplication {

	static final String STREAMING = "STREAMING";

	private static final int PATIENCE_SECONDS = 120;

	private LiveApplication() {
	}

	/**
	 * Runs until standard input ends.
	 * @param arguments properties of the application
	 * @throws IOException if standard input can't be read
	 * @throws InterruptedException if the thread was interrupted
	 */
	public static void main(String[] arguments) throws IOException, InterruptedException {
		ConfigurableApplicationContext context = PlainApplication.start(arguments);
		awaitStreaming(context.getBean(RealtimePipeline.class));
		System.out.println(STREAMING);
		ServerProcess.answer();
		context.close();
	}

	static void awaitStreaming(RealtimePipeline pipeline) throws InterruptedException {
		CountDownLatch streaming = new CountDownLatch(1);
		pipeline.listen((status) -> {
			if (status.state() == PipelineState.STREAMING) {
				streaming.countDown();
			}
		});
		Assert.state(streaming.await(PATIENCE_SECONDS, TimeUnit.SECONDS), () -> pipeline.status().toString());
	}

}
