package io.kalam.desk;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.validation.FieldError;
import org.springframework.validation.method.ParameterValidationResult;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.bind.support.WebExchangeBindException;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.reactive.result.method.annotation.ResponseEntityExceptionHandler;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.ServerWebInputException;

/**
 * Answers what can't be served with {@code application/problem+json} that says what to
 * send instead, and tells nothing of what goes on inside.
 */
@RestControllerAdvice
class ApiExceptionHandler extends ResponseEntityExceptionHandler {

	@Override
	protected Mono<ResponseEntity<Object>> handleWebExchangeBindException(WebExchangeBindException ex,
			HttpHeaders headers, HttpStatusCode status, ServerWebExchange exchange) {
		return handleExceptionInternal(ex, problem(status, ex.getFieldErrors().stream().map(InvalidField::of)), headers,
				status, exchange);
	}

	@Override
	protected Mono<ResponseEntity<Object>> handleHandlerMethodValidationException(HandlerMethodValidationException ex,
			HttpHeaders headers, HttpStatusCode status, ServerWebExchange exchange) {
		return handleExceptionInternal(ex,
				problem(status, ex.getParameterValidationResults().stream().map(InvalidField::of)), headers, status,
				exchange);
	}

	@Override
	protected Mono<ResponseEntity<Object>> handleServerWebInputException(ServerWebInputException ex,
			HttpHeaders headers, HttpStatusCode status, ServerWebExchange exchange) {
		return handleExceptionInternal(ex, ProblemDetail.forStatusAndDetail(status, describe(ex)), headers, status,
				exchange);
	}

	private ProblemDetail problem(HttpStatusCode status, Stream<InvalidField> invalid) {
		List<InvalidField> errors = invalid.sorted().toList();
		ProblemDetail problem = ProblemDetail.forStatusAndDetail(status,
				errors.stream().map(InvalidField::toString).collect(Collectors.joining("; ")));
		problem.setProperty("errors", errors);
		return problem;
	}

	private String describe(ServerWebInputException ex) {
		if (ex.getMostSpecificCause() instanceof JacksonException cause) {
			return describe(cause);
		}
		String name = (ex.getMethodParameter() != null) ? ex.getMethodParameter().getParameterName() : null;
		return (name == null || "body".equals(name)) ? "Send a JSON object in the body of the request."
				: "%s has the wrong type.".formatted(name);
	}

	private String describe(JacksonException cause) {
		if (cause instanceof StreamReadException) {
			return "The body of the request is not valid JSON.";
		}
		String field = cause.getPath().stream().map(this::fieldName).collect(Collectors.joining("."));
		if (cause instanceof UnrecognizedPropertyException unrecognized) {
			return "There is no field %s here; known fields are %s.".formatted(field,
					unrecognized.getKnownPropertyIds()
						.stream()
						.map(Object::toString)
						.sorted()
						.collect(Collectors.joining(", ")));
		}
		return field.isEmpty() ? "Send a JSON object in the body of the request."
				: "%s has the wrong type.".formatted(field);
	}

	private String fieldName(JacksonException.Reference reference) {
		String name = reference.getPropertyName();
		return (name != null) ? name : String.valueOf(reference.getIndex());
	}

	/**
	 * A field that was refused.
	 *
	 * @param field the field, as the client spells it
	 * @param message what it must be
	 */
	record InvalidField(String field, @Nullable String message) implements Comparable<InvalidField> {

		static InvalidField of(FieldError error) {
			String field = error.getField().replaceAll("([a-z])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
			return new InvalidField(field, error.getDefaultMessage());
		}

		static InvalidField of(ParameterValidationResult result) {
			return new InvalidField(String.valueOf(result.getMethodParameter().getParameterName()),
					result.getResolvableErrors().get(0).getDefaultMessage());
		}

		@Override
		public int compareTo(InvalidField other) {
			return this.field.compareTo(other.field);
		}

		@Override
		public String toString() {
			return this.field + " " + this.message;
		}

	}

}
