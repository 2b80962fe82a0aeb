/** Names and data types. `@keyword` and `@joinWord` are the sets of `token-types.ts`. Notation: see `network/grammar-notation.ts`. */
export const nameAndTypeGrammar = `
wholeName : dottedName EOF ;
wholeType : dataType EOF ;
wholeSchema : columns EOF ;

word : aliasWord | {on} @joinWord ;
aliasWord : NAME | quotedWord | {on} @keyword ;
quotedWord : BACKQUOTED_IDENTIFIER | {off} DOUBLEQUOTED_STRING ;
name : word dashes ;
dashes : ('-' word)+ #dashed | #none ;
names : name (',' name)* ;
nameList : '(' names ')' ;
dottedName : name ('.' name)* ;
dottedWords : word ('.' word)* ;
tableReference : IDENTIFIER '(' expression ')' #computed | dottedName ;

dataType
  : ARRAY '<' dataType '>' #array
  | MAP '<' dataType ',' dataType '>' #map
  | STRUCT ('<>' | '<' fields? '>') #struct
  | INTERVAL (YEAR | MONTH) (TO MONTH)? #interval
  | INTERVAL (DAY | HOUR | MINUTE | SECOND) (TO (HOUR | MINUTE | SECOND))? #interval
  | typeWord ('(' INTEGER_VALUE (',' INTEGER_VALUE)* ')')? #plain ;
typeWord : @typeKeyword | word ;
columns : column (',' column)* ;
column : name dataType (NOT NULL)? comment? ;
fields : field (',' field)* ;
field : word ':'? dataType (NOT NULL)? comment? ;
comment : COMMENT string ;
string : STRING_LITERAL | {on} DOUBLEQUOTED_STRING ;
`;
