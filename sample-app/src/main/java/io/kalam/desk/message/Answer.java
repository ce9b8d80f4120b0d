package io.kalam.desk.message;

import io.kalam.RealtimeTable;
import io.kalam.RealtimeTableType;

/**
 * An answer that is being made, seen by everybody in its room. Each event holds all words
 * so far and takes the place of the one before, because it has the same key. So whoever
 * comes in the middle is told the answer so far, and whoever is slow may be told fewer
 * events and misses no word. That costs bytes with the square of the length: what makes
 * longer answers than a few hundred words tells several words with each event.
 * <p>
 * Nobody but the application tells such events: they name no sender. One that is not
 * followed by another, because the application was stopped, ends by itself.
 *
 * @param questionId the message that is answered
 * @param room the room of that message
 * @param body the words so far
 */
@RealtimeTable(type = RealtimeTableType.STREAM, key = "questionId", ttl = "30s")
public record Answer(long questionId, String room, String body) {
}
