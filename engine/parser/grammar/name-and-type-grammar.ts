import { nonReserved, strictNonReserved } from './token-types.ts';

/** Names and data types of Spark 3.5's SQL, and the texts of `StructType.fromDDL` and `DataFrame[...]` names. */
export const nameAndTypeGrammar = `
singleTableIdentifier : tableIdentifier EOF ;
singleMultipartIdentifier : multipartIdentifier EOF ;
singleFunctionIdentifier : functionIdentifier EOF ;
singleDataType : dataType EOF ;
singleTableSchema : colTypeList EOF ;

multipartIdentifier : errorCapturingIdentifier ('.' errorCapturingIdentifier)* ;
multipartIdentifierList : multipartIdentifier (',' multipartIdentifier)* ;
tableIdentifier : (errorCapturingIdentifier '.')? errorCapturingIdentifier ;
functionIdentifier : (errorCapturingIdentifier '.')? errorCapturingIdentifier ;
identifierReference : IDENTIFIER '(' expression ')' #computedName | multipartIdentifier ;
identifierList : '(' identifierSeq ')' ;
identifierSeq : errorCapturingIdentifier (',' errorCapturingIdentifier)* ;
qualifiedNameList : qualifiedName (',' qualifiedName)* ;
qualifiedName : identifier ('.' identifier)* ;
errorCapturingIdentifier : identifier errorCapturingIdentifierExtra ;
errorCapturingIdentifierExtra : ('-' identifier)+ #errorIdentifier | #realIdentifier ;
identifier : strictIdentifier | {on} strictNonReserved ;
strictIdentifier : NAME | quotedIdentifier | {on} nonReserved ;
quotedIdentifier : BACKQUOTED_IDENTIFIER | {off} DOUBLEQUOTED_STRING ;
backQuotedIdentifier : BACKQUOTED_IDENTIFIER ;
strictNonReserved : ${strictNonReserved.join(' | ')} ;
nonReserved : ${nonReserved.join(' | ')} ;

type
  : BOOLEAN | TINYINT | BYTE | SMALLINT | SHORT | INT | INTEGER | BIGINT | LONG | FLOAT | REAL | DOUBLE | DATE | TIMESTAMP | TIMESTAMP_NTZ
  | TIMESTAMP_LTZ | STRING | CHARACTER | CHAR | VARCHAR | BINARY | DECIMAL | DEC | NUMERIC | VOID | INTERVAL | ARRAY | STRUCT | MAP | identifier ;
dataType
  : ARRAY '<' dataType '>' #array
  | MAP '<' dataType ',' dataType '>' #map
  | STRUCT ('<' complexColTypeList? '>' | '<>') #struct
  | INTERVAL (YEAR | MONTH) (TO MONTH)? #interval
  | INTERVAL (DAY | HOUR | MINUTE | SECOND) (TO (HOUR | MINUTE | SECOND))? #interval
  | type ('(' INTEGER_VALUE (',' INTEGER_VALUE)* ')')? #primitive ;
colTypeList : colType (',' colType)* ;
colType : errorCapturingIdentifier dataType (NOT NULL)? commentSpec? ;
complexColTypeList : complexColType (',' complexColType)* ;
complexColType : identifier ':'? dataType (NOT NULL)? commentSpec? ;
commentSpec : COMMENT stringLit ;
`;
