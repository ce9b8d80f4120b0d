export class Leader {
    /**
     * @param {string} tab
     * @param {Clock} clock
     * @param {Crew} crew
     * @param {(listener: LineListener) => Line} connect
     * @param {LineListener} listener
     */
    constructor(tab: string, clock: Clock, crew: Crew, connect: (listener: LineListener) => Line, listener: LineListener);
    start(): void;
    /**
     * @param {ConnectionStatus} status
     * @param {PlainError} error
     */
    stop(status: ConnectionStatus, error: PlainError): void;
    /** @param {object} message */
    send(message: object): void;
    /** @param {boolean} settled */
    settled(settled: boolean): void;
    renew(): void;
    /**
     * @param {CrewMessage} message
     * @param {number} term
     */
    serve(message: CrewMessage, term: number): void;
    #private;
}
export function isFinal(status: ConnectionStatus): status is "closed" | "needs-auth";
/**
 * the other tabs, as a leader has them
 */
export type Crew = {
    tell: (message: any) => void;
    whenGone: (tab: string, run: () => void) => void;
    /**
     * there is no use in leading any longer
     */
    stepDown: (status: ConnectionStatus, error: PlainError) => void;
};
import type { ConnectionStatus } from "./types.js";
import type { PlainError } from "./types.js";
import type { CrewMessage } from "./types.js";
import type { Clock } from "./types.js";
import type { LineListener } from "./types.js";
import type { Line } from "./types.js";
