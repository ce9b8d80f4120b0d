package io.kalam.desk;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import jakarta.validation.Constraint;
import jakarta.validation.Payload;
import jakarta.validation.ReportAsSingleViolation;
import jakarta.validation.constraints.Pattern;

/**
 * A user's name, as the token's {@code sub} and the tables hold it.
 */
@Documented
@Constraint(validatedBy = {})
@Pattern(regexp = "[a-z][a-z0-9_-]{0,31}")
@ReportAsSingleViolation
@Target(ElementType.FIELD)
@Retention(RetentionPolicy.RUNTIME)
public @interface UserName {

	/**
	 * What to tell a client.
	 * @return the message
	 */
	String message() default "must be a name such as alice: a letter a-z, then at most 31 of a-z, 0-9, _ and -";

	/**
	 * The groups of the constraint.
	 * @return the groups
	 */
	Class<?>[] groups() default {};

	/**
	 * The payload of the constraint.
	 * @return the payload
	 */
	Class<? extends Payload>[] payload() default {};

}
