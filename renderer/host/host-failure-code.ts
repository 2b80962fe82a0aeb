import { HostFailure, type FailureCode } from '../../main/contract/host-api.ts';

/** Why a request was refused; anything that is not a refusal of the host counts as `failed`. */
export const codeOfFailure = (error: unknown): FailureCode => (error instanceof HostFailure ? error.code : 'failed');

export const messageOfFailure = (error: unknown): string => (error instanceof Error ? error.message : String(error));
