import type { Answer, Question } from "../worker/ask.js";

type Listener = (answer: Answer) => void;

/** The worker, as the page sees it: a question in, answers out; a newer question of the same kind makes older answers void. */
export class Colleague {
  private readonly worker: Worker;
  private readonly listeners = new Map<number, Listener>();
  private nextId = 1;

  constructor(source: string) {
    const address = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
    this.worker = new Worker(address);
    this.worker.onmessage = ({ data }: MessageEvent<{ readonly id: number; readonly answer: Answer }>) =>
      this.listeners.get(data.id)?.(data.answer);
  }

  /** Asks; `heard` gets each answer, the last one included. Gives what makes further answers void. */
  ask(question: Question, heard: Listener): () => void {
    const id = this.nextId;
    this.nextId += 1;
    this.listeners.set(id, (answer) => {
      if (answer.say !== "log_progress") this.listeners.delete(id);
      heard(answer);
    });
    this.worker.postMessage({ id, question });
    return () => this.listeners.delete(id);
  }
}
