// The server's door: the chat endpoint as a stream of pieces, and its errors as sentences.

/** What the server refused, in its own words. */
export class Refused extends Error {
  constructor(message, status = 0, code = "") {
    super(message);
    this.status = status;
    this.code = code;
  }
}

const UNREACHABLE = "Chưa kết nối được với máy chủ. Hãy kiểm tra mạng rồi gửi lại.";
const BROKEN = "Câu trả lời bị ngắt giữa chừng. Hãy gửi lại câu hỏi.";

/** fetch with the key where there is one. Throws Refused. */
export async function call(path, { key = "", signal, ...options } = {}) {
  const headers = { Accept: "application/json", ...options.headers, ...(key ? { Authorization: `Bearer ${key}` } : {}) };
  let response;
  try {
    response = await fetch(path, { ...options, headers, signal });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Refused(UNREACHABLE);
  }
  if (!response.ok) throw await refusal(response);
  return response;
}

export async function sendJson(path, value, options = {}) {
  return call(path, {
    ...options,
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(value),
  });
}

async function refusal(response) {
  try {
    const { error } = await response.json();
    return new Refused(error.message, response.status, error.code);
  } catch {
    return new Refused(`Máy chủ trả về lỗi ${response.status}. Hãy thử lại sau ít phút.`, response.status);
  }
}

/** Yields { text } for each piece and at the end { troly }. Throws Refused, or AbortError when stopped. */
export async function* ask(body, options) {
  const response = await sendJson("/v1/chat/completions", { ...body, stream: true }, options);
  let ended = false;
  for await (const data of events(response.body)) {
    if (data === "[DONE]") return;
    const chunk = JSON.parse(data);
    if (chunk.error) throw new Refused(chunk.error.message, 0, chunk.error.code);
    const text = chunk.choices?.[0]?.delta?.content;
    if (text) yield { text };
    if (chunk.troly) {
      ended = true;
      yield { troly: chunk.troly };
    }
  }
  if (!ended) throw new Refused(BROKEN);
}

/** The data of each server-sent event; comments (lines that begin with “:”) are skipped. */
async function* events(stream) {
  const reader = stream.getReader();
  const decoder = new TextDecoder();
  let rest = "";
  try {
    for (;;) {
      const { value, done } = await reader.read();
      rest += decoder.decode(value ?? new Uint8Array(), { stream: !done });
      const lines = rest.split("\n");
      rest = done ? "" : lines.pop();
      for (const line of lines) if (line.startsWith("data: ")) yield line.slice(6).trimEnd();
      if (done) return;
    }
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Refused(BROKEN);
  } finally {
    reader.cancel().catch(() => {});
  }
}
