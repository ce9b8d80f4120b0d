package io.kalam.pipeline;

import java.util.List;

import io.kalam.catalog.Finding;
import io.kalam.catalog.StartupCheckException;

/**
 * There is no usable slot, and we may not make one.
 */
final class SlotLostException extends StartupCheckException {

	SlotLostException(Finding finding) {
		super(List.of(finding));
	}

}
