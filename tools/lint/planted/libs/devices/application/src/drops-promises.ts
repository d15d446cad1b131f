declare function work(): Promise<void>;
declare function each(visit: () => void): void;

export async function drops(): Promise<void> {
  work(); // ✗ @typescript-eslint/no-floating-promises: Nobody waits for this promise, so nobody learns that it failed. Await it
  void work(); // ✗ @typescript-eslint/no-floating-promises: Nobody waits for this promise
  each(async () => work()); // ✗ @typescript-eslint/no-misused-promises: The one who calls this function drops the promise
  if (work()) await work(); // ✗ @typescript-eslint/no-misused-promises: A promise is always true. Await it first.
  await 1; // ✗ @typescript-eslint/await-thenable: What is awaited here is no promise. Drop the await
}

export async function answersTooEarly(): Promise<void> {
  try {
    return work(); // ✗ @typescript-eslint/return-await: Write `return await`: without it, the catch, finally or disposal
  } catch {} // ✗ lockstep/no-empty: This block statement swallows what happens. Handle it
}
