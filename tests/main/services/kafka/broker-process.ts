import { systemClock } from '../../../../engine/core/clock.ts';
import { KafkaBroker } from '../../../../main/services/kafka/broker.ts';

// A broker to be killed: its folder is the argument, its port the only line it prints.
const broker = await KafkaBroker.start({ folder: process.argv[2] ?? '', port: 0, clock: systemClock });
console.log(String(broker.port));
