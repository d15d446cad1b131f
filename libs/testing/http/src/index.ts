export type {
  HttpMethod,
  InProcessAnswer,
  InProcessApplication,
  InProcessRequest,
  SocketApplication,
} from './application.ts';
export {
  HttpClient,
  type Fields,
  type HttpAnswer,
  type HttpDefaults,
  type HttpOptions,
  type HttpRequest,
} from './http-client.ts';
export { HttpSocketTest, HttpTest } from './http-test.ts';
export { InProcessHttp } from './in-process.ts';
export { SocketHttp } from './over-socket.ts';
