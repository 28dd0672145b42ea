// The page's side of the worker: questions go out, promises come back.

import type { Answer, Kind, Questions } from "./protocol.ts";

type Waiting = { resolve: (answer: never) => void; reject: (reason: Error) => void };

export class Engine {
  private readonly worker: Worker;
  private readonly waiting = new Map<number, Waiting>();
  private next = 1;

  constructor(url: URL) {
    this.worker = new Worker(url, { type: "module" });
    this.worker.addEventListener("message", (event: MessageEvent<Answer>) => this.receive(event.data));
    this.worker.addEventListener("error", (event) => this.fail(new Error(event.message)));
  }

  ask<K extends Kind>(kind: K, ask: Questions[K]["ask"]): Promise<Questions[K]["answer"]> {
    const number = this.next++;
    return new Promise((resolve, reject) => {
      this.waiting.set(number, { resolve, reject });
      this.worker.postMessage({ number, kind, ask });
    });
  }

  private receive(message: Answer): void {
    const waiting = this.waiting.get(message.number);
    this.waiting.delete(message.number);
    if ("error" in message) waiting?.reject(new Error(message.error));
    else waiting?.resolve(message.answer as never);
  }

  private fail(reason: Error): void {
    for (const waiting of this.waiting.values()) waiting.reject(reason);
    this.waiting.clear();
  }
}
