package io.kalam.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/**
 * The virtual threads that kept the thread that carried them while they waited, however
 * short. None is recorded where Java has no virtual threads.
 */
public final class PinnedThreads implements AutoCloseable {

	private static final String PINNED = "jdk.VirtualThreadPinned";

	private static final String STARTED = "jdk.VirtualThreadStart";

	private final Recording recording = new Recording();

	private PinnedThreads() {
		this.recording.enable(PINNED).withoutThreshold().withStackTrace();
		this.recording.enable(STARTED);
	}

	/**
	 * Watches all threads of this virtual machine from now on.
	 * @return what it sees
	 */
	public static PinnedThreads watch() {
		PinnedThreads watching = new PinnedThreads();
		watching.recording.start();
		return watching;
	}

	/**
	 * Ends the recording.
	 * @return how many virtual threads were started, and where some were pinned
	 */
	public Seen end() {
		try {
			Path file = Files.createTempFile("pinned", ".jfr");
			this.recording.stop();
			this.recording.dump(file);
			List<RecordedEvent> events = RecordingFile.readAllEvents(file);
			Files.delete(file);
			return new Seen(events.stream().filter((event) -> is(event, STARTED)).count(),
					events.stream().filter((event) -> is(event, PINNED)).map(PinnedThreads::place).toList());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static boolean is(RecordedEvent event, String name) {
		return event.getEventType().getName().equals(name);
	}

	private static String place(RecordedEvent event) {
		return event.getDuration() + (event.hasField("pinnedReason") ? " " + event.getString("pinnedReason") : "")
				+ event.getStackTrace()
					.getFrames()
					.stream()
					.map((frame) -> frame.getMethod().getType().getName() + "." + frame.getMethod().getName())
					.collect(Collectors.joining("\n\t", "\n\t", ""));
	}

	@Override
	public void close() {
		this.recording.close();
	}

	/**
	 * What a recording has seen.
	 *
	 * @param started how many virtual threads were started
	 * @param pinned where one was pinned, for how long and why, each time
	 */
	public record Seen(long started, List<String> pinned) {

		/**
		 * Those that came by a package.
		 * @param name the package's name
		 * @return the places
		 */
		public List<String> pinnedBy(String name) {
			return this.pinned.stream().filter((place) -> place.contains("\t" + name + ".")).toList();
		}

	}

}
