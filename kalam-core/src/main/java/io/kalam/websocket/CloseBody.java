package io.kalam.websocket;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * What a close frame carries (RFC 6455, 5.5.1 and 7.4): nothing, or a code and a reason.
 */
final class CloseBody {

	private CloseBody() {
	}

	/**
	 * Whether a client may send it.
	 * @param body the bytes
	 * @return whether it is empty, or a code that may be sent and a reason in UTF-8
	 */
	static boolean isValid(byte[] body) {
		if (body.length < Short.BYTES) {
			return body.length == 0;
		}
		ByteBuffer buffer = ByteBuffer.wrap(body);
		return isValid(Short.toUnsignedInt(buffer.getShort())) && isText(buffer);
	}

	private static boolean isValid(int code) {
		return (code >= 1000 && code <= 1003) || (code >= 1007 && code <= 1014) || (code >= 3000 && code <= 4999);
	}

	private static boolean isText(ByteBuffer reason) {
		try {
			StandardCharsets.UTF_8.newDecoder().decode(reason);
			return true;
		}
		catch (CharacterCodingException ex) {
			return false;
		}
	}

}
