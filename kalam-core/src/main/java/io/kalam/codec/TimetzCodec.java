package io.kalam.codec;

import tools.jackson.core.JsonGenerator;

/**
 * {@code timetz}.
 */
final class TimetzCodec extends OrderedCodec<TimeWithZone> {

	@Override
	public Class<TimeWithZone> type() {
		return TimeWithZone.class;
	}

	@Override
	public TimeWithZone parse(String text) {
		TextCursor cursor = new TextCursor("timetz", text);
		TimeWithZone value = new TimeWithZone(Times.read(cursor), Times.readZone(cursor));
		cursor.expectEnd();
		return value;
	}

	@Override
	public String print(TimeWithZone value) {
		StringBuilder out = new StringBuilder(24);
		Times.print(value.micros(), out);
		printZone(value.zone(), value.zone() % 3600 != 0, out);
		return out.toString();
	}

	@Override
	public void write(TimeWithZone value, JsonGenerator out) {
		StringBuilder text = new StringBuilder(24);
		Times.printJson(value.micros(), text);
		printZone(value.zone(), true, text);
		out.writeString(text.toString());
	}

	private static void printZone(int zone, boolean minutes, StringBuilder out) {
		int seconds = Math.abs(zone);
		Dates.twoDigits(seconds / 3600, out.append((zone < 0) ? '-' : '+'));
		if (minutes) {
			Dates.twoDigits(seconds / 60 % 60, out.append(':'));
		}
		if (seconds % 60 != 0) {
			Dates.twoDigits(seconds % 60, out.append(':'));
		}
	}

	@Override
	public boolean identifying() {
		return true;
	}

	@Override
	public int sizeOf(TimeWithZone value) {
		return 24;
	}

}
