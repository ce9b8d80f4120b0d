package io.kalam.pipeline;

import java.time.Instant;

/**
 * What the pipeline is doing, and why.
 *
 * @param state what it is doing
 * @param since since when
 * @param detail what an operator should know: what it waits for, what to do; empty if
 * there is nothing to say. Holds no secret
 */
public record PipelineStatus(PipelineState state, Instant since, String detail) {

}
