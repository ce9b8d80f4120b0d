package io.kalam.snapshot.r2dbc;

import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import org.awaitility.Awaitility;
import org.slf4j.LoggerFactory;

/**
 * What Netty says about buffers that were not released.
 */
final class LeakReports {

	private LeakReports() {
	}

	/**
	 * Collects reports from now on, of every buffer: to sample them finds a leak in one
	 * run of many.
	 */
	static List<String> collect() {
		ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
		List<String> reports = new CopyOnWriteArrayList<>();
		AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {

			@Override
			protected void append(ILoggingEvent event) {
				reports.add(event.getFormattedMessage());
			}

		};
		appender.start();
		((Logger) LoggerFactory.getLogger(ResourceLeakDetector.class)).addAppender(appender);
		return reports;
	}

	/**
	 * Has the garbage collected and, as Netty looks at it when it allocates, allocates.
	 */
	static void provoke() {
		ReferenceQueue<Object> queue = new ReferenceQueue<>();
		PhantomReference<Object> garbage = new PhantomReference<>(new Object(), queue);
		Awaitility.await().until(() -> {
			System.gc();
			return queue.poll() == garbage;
		});
		for (int i = 0; i < 1000; i++) {
			ByteBufAllocator.DEFAULT.buffer(16).release();
		}
	}

}
