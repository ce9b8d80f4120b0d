package io.kalam.sequence;

import java.util.UUID;

import io.kalam.catalog.Lsn;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class IdentityTests {

	private static final UUID INCARNATION = UUID.fromString("6d2a1c9e-5f0b-4d3e-8a7c-0123456789ab");

	@Test
	void theEpochIsOfThisHistoryAlone() {
		Epoch epoch = identity(7, 5, 1, INCARNATION).epoch();
		assertThat(epoch.value()).matches("[A-Za-z0-9_-]{16}");
		assertThat(identity(7, 5, 1, INCARNATION).epoch()).isEqualTo(epoch);
		assertThat(identity(8, 5, 1, INCARNATION).epoch()).isNotEqualTo(epoch);
		assertThat(identity(7, 6, 1, INCARNATION).epoch()).isNotEqualTo(epoch);
		assertThat(identity(7, 5, 2, INCARNATION).epoch()).isNotEqualTo(epoch);
		assertThat(identity(7, 5, 1, new UUID(1, 2)).epoch()).isNotEqualTo(epoch);
	}

	@Test
	void theEpochDoesNotChangeWithTheHeart() {
		Identity beaten = new Identity("kalam", new Generation(1), INCARNATION, 99, Lsn.parse("1/5"), 7, 5, 11);
		assertThat(beaten.epoch()).isEqualTo(identity(7, 5, 1, INCARNATION).epoch());
	}

	private static Identity identity(long system, long database, int generation, UUID incarnation) {
		return new Identity("kalam", new Generation(generation), incarnation, 3, Lsn.ZERO, system, database, 11);
	}

}
