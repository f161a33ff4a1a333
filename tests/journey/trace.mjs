// What a program, and every program it starts, asks of the network: seen by strace, read here.

import { deepStrictEqual, ok } from 'node:assert/strict';

/** Words for strace before the program. Only these calls stop it: without a socket of the network nothing can be sent. */
export const tracing = (file) => ['-f', '-Y', '--seccomp-bpf', '-q', '-o', file, '-e', 'trace=socket,connect,bind,listen', '-e', 'signal=none'];

/** The processes of a window that could reach the network: its own, and of its page the one for requests and the one that draws. */
const PROCESSES = ['otokui-desktop', 'WebKitNetworkPr', 'WebKitWebProces'];

/**
 * What a trace tells: the programs that were seen with a local socket, and every call about a socket that is not local.
 * Under a driver WebKit has one more, on the address of its inspector, by which the driver leads it: `inspector`.
 */
export function read(lines, inspector) {
  const local = new Set();
  const foreign = [];
  const [host, port] = inspector?.split(':') ?? [];
  const leads = (line) => line.includes(`sin_port=htons(${port}), sin_addr=inet_addr("${host}")`);
  for (const line of lines) {
    // Netlink is the kernel's own list of network cards; nothing leaves by it.
    if (line.includes('AF_UNIX')) local.add(/^\d+<([^>]+)>/.exec(line)?.[1]);
    else if (inspector && (leads(line) || /socket\(AF_INET, SOCK_STREAM/.test(line))) continue;
    else if (/AF_|sin6?_addr/.test(line) && !line.includes('AF_NETLINK')) foreign.push(line);
  }
  return { local, foreign };
}

/** Nothing in a trace of the window went anywhere, and the trace saw all of its processes. */
export function noConnection(lines, inspector) {
  const { local, foreign } = read(lines, inspector);
  for (const name of PROCESSES) ok(local.has(name), `the trace saw ${name} among ${[...local]}`);
  deepStrictEqual(foreign, [], 'a connection, or the beginning of one');
  console.log(`   no connection in ${lines.length} calls of ${local.size} programs`);
}
