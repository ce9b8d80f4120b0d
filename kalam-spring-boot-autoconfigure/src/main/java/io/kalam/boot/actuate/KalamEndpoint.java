package io.kalam.boot.actuate;

import java.util.List;
import java.util.function.Supplier;

import io.kalam.catalog.DatabaseUnavailableException;
import io.kalam.catalog.StartupCheckException;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.WebEndpoint;

/**
 * The endpoint of the actuator. What changes something is only there with
 * {@code management.endpoint.kalam.access=unrestricted}.
 */
@WebEndpoint(id = "kalam", defaultAccess = Access.READ_ONLY)
public final class KalamEndpoint {

	private static final int CONFLICT = 409;

	private final EngineDescriber describer;

	private final RowExplainer explainer;

	private final EngineControl control;

	private final KalamEndpointProperties properties;

	KalamEndpoint(EngineDescriber describer, RowExplainer explainer, EngineControl control,
			KalamEndpointProperties properties) {
		this.describer = describer;
		this.explainer = explainer;
		this.control = control;
		this.properties = properties;
	}

	/**
	 * How the engine is doing.
	 * @return the description
	 */
	@ReadOperation
	public OperationResponseBody kalam() {
		return this.describer.engine();
	}

	/**
	 * More about something.
	 * @param context who asks
	 * @param section {@code tables}, {@code subscriptions} or {@code explain}
	 * @param table the table to explain
	 * @param key the key of the row to explain; values of several columns are separated
	 * by commas
	 * @param user the user to explain
	 * @return the description
	 */
	@ReadOperation
	public WebEndpointResponse<OperationResponseBody> section(SecurityContext context, @Selector String section,
			@Nullable String table, @Nullable String key, @Nullable String user) {
		Names names = new Names(this.properties.showValues().isShown(context, this.properties.roles()));
		return switch (section) {
			case "tables" -> new WebEndpointResponse<>(this.describer.tables());
			case "subscriptions" -> new WebEndpointResponse<>(this.describer.subscriptions(names));
			case "explain" -> guarded(() -> this.explainer.explain(required("table", table), required("key", key),
					required("user", user), names));
			default -> refusal(WebEndpointResponse.STATUS_NOT_FOUND,
					"There is no " + section + ". There are: tables, subscriptions, explain?table=&key=&user=.");
		};
	}

	/**
	 * Does something.
	 * @param operation {@code resync}, {@code disconnect} or {@code decommission}
	 * @param table the table to resync
	 * @param user the user to disconnect
	 * @param slot the name of the slot to decommission, to be sure
	 * @return what was done
	 */
	@WriteOperation
	public WebEndpointResponse<OperationResponseBody> operate(@Selector String operation, @Nullable String table,
			@Nullable String user, @Nullable String slot) {
		return switch (operation) {
			case "resync" -> guarded(() -> done(this.control.resync(required("table", table))));
			case "disconnect" -> guarded(() -> done(this.control.disconnect(required("user", user))));
			case "decommission" -> guarded(() -> done(this.control.decommission(required("slot", slot))));
			default -> refusal(WebEndpointResponse.STATUS_NOT_FOUND, "There is no " + operation
					+ ". There are: resync {\"table\":}, disconnect {\"user\":}, decommission {\"slot\":}.");
		};
	}

	private static String required(String name, @Nullable String value) {
		if (value == null || value.isEmpty()) {
			throw new RefusedRequestException("Say which " + name + ".");
		}
		return value;
	}

	private static WebEndpointResponse<OperationResponseBody> guarded(Supplier<OperationResponseBody> work) {
		try {
			return new WebEndpointResponse<>(work.get());
		}
		catch (RefusedRequestException ex) {
			return refusal(WebEndpointResponse.STATUS_BAD_REQUEST, String.valueOf(ex.getMessage()));
		}
		catch (DatabaseUnavailableException ex) {
			return refusal(WebEndpointResponse.STATUS_SERVICE_UNAVAILABLE, String.valueOf(ex.getMessage()));
		}
		catch (StartupCheckException ex) {
			return refusal(CONFLICT, String.valueOf(ex.getMessage()));
		}
	}

	private static OperationResponseBody done(List<String> sentences) {
		return new Done(sentences);
	}

	private static WebEndpointResponse<OperationResponseBody> refusal(int status, String message) {
		return new WebEndpointResponse<>(new Refusal(message), status);
	}

	/**
	 * What was done.
	 *
	 * @param done sentences
	 */
	record Done(List<String> done) implements OperationResponseBody {

	}

	/**
	 * Why nothing was done, or what is wrong with the question.
	 *
	 * @param message what to do
	 */
	record Refusal(String message) implements OperationResponseBody {

	}

}
