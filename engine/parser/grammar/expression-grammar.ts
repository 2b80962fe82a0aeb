/**
 * Expressions of Spark 3.5's SQL. The order of alternatives decides between readings of one text, so it is Spark's.
 * Notation: see `network/grammar-notation.ts`.
 */
export const expressionGrammar = `
singleExpression : namedExpression EOF ;
namedExpression : expression (AS? (errorCapturingIdentifier | identifierList))? ;
namedExpressionSeq : namedExpression (',' namedExpression)* ;
expression : booleanExpression ;
expressionSeq : expression (',' expression)* ;
namedArgumentExpression : identifier '=>' expression ;
functionArgument : expression | namedArgumentExpression ;

booleanExpression
  : NOT booleanExpression #logicalNot
  | EXISTS '(' query ')' #exists
  | valueExpression predicate? #predicated
  | booleanExpression AND booleanExpression #and
  | booleanExpression OR booleanExpression #or ;
predicate
  : NOT? BETWEEN valueExpression AND valueExpression #between
  | NOT? IN '(' expression (',' expression)* ')' #in
  | NOT? IN '(' query ')' #inQuery
  | NOT? RLIKE valueExpression #rlike
  | NOT? (LIKE | ILIKE) (ANY | SOME | ALL) ('(' ')' | '(' expression (',' expression)* ')') #likeMany
  | NOT? (LIKE | ILIKE) valueExpression (ESCAPE stringLit)? #like
  | IS NOT? NULL #isNull
  | IS NOT? (TRUE | FALSE | UNKNOWN) #isTruth
  | IS NOT? DISTINCT FROM valueExpression #isDistinct ;
valueExpression
  : primaryExpression #primary
  | ('-' | '+' | '~') valueExpression #unary
  | valueExpression ('*' | '/' | '%' | DIV) valueExpression #binary
  | valueExpression ('+' | '-' | '||') valueExpression #binary
  | valueExpression '&' valueExpression #binary
  | valueExpression '^' valueExpression #binary
  | valueExpression '|' valueExpression #binary
  | valueExpression comparisonOperator valueExpression #comparison ;
datetimeUnit : YEAR | QUARTER | MONTH | WEEK | DAY | DAYOFYEAR | HOUR | MINUTE | SECOND | MILLISECOND | MICROSECOND ;
primaryExpression
  : (CURRENT_DATE | CURRENT_TIMESTAMP | CURRENT_USER | USER) #currentLike
  | (TIMESTAMPADD | DATEADD | DATE_ADD) '(' (datetimeUnit | stringLit) ',' valueExpression ',' valueExpression ')' #timestampAdd
  | (TIMESTAMPDIFF | DATEDIFF | DATE_DIFF) '(' (datetimeUnit | stringLit) ',' valueExpression ',' valueExpression ')' #timestampDiff
  | CASE whenClause+ (ELSE expression)? END #searchedCase
  | CASE expression whenClause+ (ELSE expression)? END #simpleCase
  | (CAST | TRY_CAST) '(' expression AS dataType ')' #cast
  | STRUCT '(' (namedExpression (',' namedExpression)*)? ')' #struct
  | FIRST '(' expression (IGNORE NULLS)? ')' #firstLast
  | ANY_VALUE '(' expression (IGNORE NULLS)? ')' #firstLast
  | LAST '(' expression (IGNORE NULLS)? ')' #firstLast
  | POSITION '(' valueExpression IN valueExpression ')' #position
  | constant #constant
  | '*' #star
  | qualifiedName '.' '*' #star
  | '(' namedExpression (',' namedExpression)+ ')' #rowConstructor
  | '(' query ')' #subquery
  | functionName '(' (setQuantifier? functionArgument (',' functionArgument)*)? ')'
      (FILTER '(' WHERE booleanExpression ')')? ((IGNORE | RESPECT) NULLS)? (OVER windowSpec)? #functionCall
  | identifier '->' expression #lambda
  | '(' identifier (',' identifier)+ ')' '->' expression #lambda
  | primaryExpression '[' valueExpression ']' #subscript
  | identifier #columnReference
  | primaryExpression '.' identifier #dereference
  | '(' expression ')' #parenthesized
  | EXTRACT '(' identifier FROM valueExpression ')' #extract
  | (SUBSTR | SUBSTRING) '(' valueExpression (FROM | ',') valueExpression ((FOR | ',') valueExpression)? ')' #substring
  | TRIM '(' (BOTH | LEADING | TRAILING)? valueExpression? FROM valueExpression ')' #trim
  | OVERLAY '(' valueExpression PLACING valueExpression FROM valueExpression (FOR valueExpression)? ')' #overlay
  | (PERCENTILE_CONT | PERCENTILE_DISC) '(' valueExpression ')' WITHIN GROUP '(' ORDER BY sortItem ')'
      (FILTER '(' WHERE booleanExpression ')')? (OVER windowSpec)? #percentile ;
literalType : DATE | TIMESTAMP | TIMESTAMP_LTZ | TIMESTAMP_NTZ | INTERVAL | X | identifier ;
constant
  : NULL #null
  | '?' #positionalParameter
  | ':' identifier #namedParameter
  | interval #interval
  | literalType stringLit #typeConstructor
  | number #number
  | booleanValue #boolean
  | stringLit+ #string ;
comparisonOperator : '=' | '<=>' | '<>' | '!=' | '<' | '<=' | '>' | '>=' ;
arithmeticOperator : DIV | '+' | '-' | '*' | '/' | '%' | '~' | '&' | '|' | '||' | '^' ;
predicateOperator : AND | IN | NOT | OR ;
booleanValue : FALSE | TRUE ;
number
  : {on} '-'? EXPONENT_VALUE #exponent
  | {on} '-'? DECIMAL_VALUE #decimal
  | '-'? INTEGER_VALUE #integer
  | '-'? BIGINT_LITERAL #bigint
  | '-'? SMALLINT_LITERAL #smallint
  | '-'? TINYINT_LITERAL #tinyint
  | '-'? DOUBLE_LITERAL #double
  | '-'? FLOAT_LITERAL #float
  | '-'? BIGDECIMAL_LITERAL #bigdecimal ;
interval : INTERVAL (errorCapturingMultiUnitsInterval | errorCapturingUnitToUnitInterval) ;
errorCapturingMultiUnitsInterval : multiUnitsInterval unitToUnitInterval? ;
multiUnitsInterval : (intervalValue unitInMultiUnits)+ ;
errorCapturingUnitToUnitInterval : unitToUnitInterval (multiUnitsInterval | unitToUnitInterval)? ;
unitToUnitInterval : intervalValue unitInUnitToUnit TO unitInUnitToUnit ;
intervalValue : ('+' | '-')? (INTEGER_VALUE | DECIMAL_VALUE | stringLit) ;
unitInMultiUnits
  : DAY | DAYS | HOUR | HOURS | MICROSECOND | MICROSECONDS | MILLISECOND | MILLISECONDS | MINUTE | MINUTES | MONTH | MONTHS
  | NANOSECOND | NANOSECONDS | SECOND | SECONDS | WEEK | WEEKS | YEAR | YEARS ;
unitInUnitToUnit : DAY | HOUR | MINUTE | MONTH | SECOND | YEAR ;
whenClause : WHEN expression THEN expression ;
windowSpec
  : errorCapturingIdentifier #windowName
  | '(' errorCapturingIdentifier ')' #windowName
  | '(' (CLUSTER BY expression (',' expression)*
        | ((DISTRIBUTE | PARTITION) BY expression (',' expression)*)? ((ORDER | SORT) BY sortItem (',' sortItem)*)?)
      windowFrame? ')' #windowDefinition ;
windowFrame : RANGE frameBound | ROWS frameBound | RANGE BETWEEN frameBound AND frameBound | ROWS BETWEEN frameBound AND frameBound ;
frameBound : UNBOUNDED (FOLLOWING | PRECEDING) #unbounded | CURRENT ROW #currentRow | expression (FOLLOWING | PRECEDING) #offset ;
functionName : IDENTIFIER '(' expression ')' #computedName | IDENTIFIER | qualifiedName | FILTER | LEFT | RIGHT ;
sortItem : expression (ASC | DESC)? (NULLS (FIRST | LAST))? ;
setQuantifier : ALL | DISTINCT ;
stringLit : STRING_LITERAL | {on} DOUBLEQUOTED_STRING ;
`;
