package io.kalam.servlet.notes;

import io.kalam.RealtimeTable;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;

/**
 * A note that only its author sees.
 */
@Entity
@RealtimeTable(owner = "authorName")
public class Note {

	@Id
	@GeneratedValue(strategy = GenerationType.IDENTITY)
	private Long id;

	private String authorName;

	private String body;

	protected Note() {
	}

	/**
	 * A note that is not stored.
	 * @param authorName who wrote it
	 * @param body the text
	 */
	public Note(String authorName, String body) {
		this.authorName = authorName;
		this.body = body;
	}

}
