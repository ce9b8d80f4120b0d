export class Follower {
    /**
     * @param {Clock} clock
     * @param {LineListener} listener
     * @param {() => void} stand gets in line for the lead
     */
    constructor(clock: Clock, listener: LineListener, stand: () => void);
    /**
     * Does as the leader says; one that gives up does not speak for the next in line.
     * @param {LeaderMessage} message
     * @param {boolean} standing whether this tab is in line
     */
    obey(message: LeaderMessage, standing: boolean): void;
    /** The leader's socket is gone, or the leader is. */
    lose(): void;
    #private;
}
import type { LeaderMessage } from "./types.js";
import type { Clock } from "./types.js";
import type { LineListener } from "./types.js";
