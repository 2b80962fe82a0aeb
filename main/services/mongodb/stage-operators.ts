export const stageOperators = {};
