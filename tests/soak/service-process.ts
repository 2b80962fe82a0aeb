import { systemClock } from '../../engine/core/clock.ts';
import { KafkaBroker } from '../../main/services/kafka/broker.ts';
import { MongoServer } from '../../main/services/mongodb/mongo-server.ts';

// A service to be killed. Arguments: which one, its folder, and a port if it matters; the only line it prints is its port and how long it took to start.
const [kind = '', folder = '', port = '0'] = process.argv.slice(2);
const options = { folder, port: Number(port), clock: systemClock };
const began = performance.now();
const server = await (kind === 'kafka' ? KafkaBroker.start(options) : MongoServer.start(options));
console.log(JSON.stringify({ port: server.port, startMs: performance.now() - began }));
