"""`!` and `%pip` lines. Marea has no shell: it says which panel does what the course does at a terminal."""
import re

# Package on PyPI: how programs import it.
_INCLUDED = {
    "pyspark": "pyspark", "kafka": "kafka", "kafka-python": "kafka", "kafka-python-ng": "kafka", "faker": "faker", "pymongo": "pymongo",
    "mysql-connector-python": "mysql.connector", "mysql-connector": "mysql.connector", "findspark": "findspark", "ipython": "IPython",
}
_REQUIREMENT = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_PIP = re.compile(r"(?:\S*python[\d.]*\s+-m\s+)?(?:\S*/)?pip[\d.]*\s+(.*)", re.S)
_SET_VARIABLE = re.compile(r"(?:\w+=\S*\s+)+")

_KAFKA_SERVER = "El servidor de Kafka de Marea arranca solo cuando hace falta: no hay que lanzar {}. Lo ves en el panel Kafka."
_IN_PANEL = {
    "nc": "Escribe las líneas en el panel netcat: ya escucha en el puerto que usa tu código (9999 en el curso).",
    "zookeeper-server-start": _KAFKA_SERVER.format("ZooKeeper"),
    "kafka-server-start": _KAFKA_SERVER.format("el servidor"),
    "kafka-topics": "Crea, lista y borra topics en el panel Kafka. También puedes usar KafkaAdminClient, de kafka.admin.",
    "kafka-console-producer": "Envía mensajes desde el panel Kafka: elige el topic y escribe o pega una línea por mensaje.",
    "kafka-console-consumer": "Mira los mensajes en el panel Kafka: elige el topic; la vista consumidor los muestra según llegan.",
    "kafka-consumer-groups": "Los grupos de consumidores se consultan con KafkaAdminClient().list_consumer_groups().",
    "pyspark": "Ya estás en PySpark, y los paquetes de Kafka, JDBC y MongoDB están incluidos: crea la sesión con SparkSession.builder.",
    "spark-submit": "Ejecuta el programa con `marea run` en un terminal, o con %run en el cuaderno: los paquetes ya están incluidos.",
    "mysql": "Escribe las sentencias SQL en el panel MariaDB. Desde Python tienes mysql.connector.",
    "mongosh": "Consulta las colecciones en el panel MongoDB. Desde Python tienes pymongo.",
    "python": "Ejecuta un programa con %run programa.py. Los productores de Kafka se lanzan y se detienen en la pestaña Productor.",
    "docker": "No hace falta Docker: Kafka, MariaDB y MongoDB de Marea arrancan solos cuando tu código los usa.",
    "jps": "En Marea no hay procesos de Java: el estado de los servicios está en la pestaña de cada panel.",
}
_SAME = {
    "ncat": "nc", "netcat": "nc", "zookeeper-server-stop": "zookeeper-server-start", "kafka-server-stop": "kafka-server-start",
    "kafka-run-class": "kafka-server-start", "mariadb": "mysql", "mongo": "mongosh", "mongod": "docker", "mysqld": "docker",
    "mariadbd": "docker", "docker-compose": "docker", "podman": "docker", "python3": "python", "spark-shell": "pyspark",
}


def pip(arguments):
    """`pip install a b`: says what is there already, and what Marea lacks. Raises `ModuleNotFoundError` for the latter."""
    action, *words = arguments.split() or ["help"]
    if action != "install":
        print(f"Marea no usa pip. Paquetes incluidos: {', '.join(sorted(set(_INCLUDED.values())))}.")
        return
    names = [found[0].lower().replace("_", "-") for word in words if (found := _REQUIREMENT.match(word))]
    for name in names:
        if name in _INCLUDED:
            print(f"{name} ya está incluido en Marea: import {_INCLUDED[name]}")
    missing = [name for name in names if name not in _INCLUDED]
    if missing:
        raise ModuleNotFoundError(f"Marea no puede instalar {', '.join(missing)}: funciona sin red, con los paquetes del curso.")


def shell(command):
    """Explains a command of the course. Raises `RuntimeError` for any other."""
    text = _SET_VARIABLE.sub("", command.strip().removeprefix("sudo "), count=1)
    asked = _PIP.fullmatch(text)
    if asked:
        pip(asked[1])
        return
    program = text.split()[0].rpartition("/")[2].removesuffix(".sh").removesuffix(".bat") if text else ""
    explanation = _IN_PANEL.get(_SAME.get(program, program))
    if explanation is None:
        raise RuntimeError(
            f"Los cuadernos de Marea no ejecutan órdenes del sistema (!{command}): no hay shell."
            " Usa un terminal de tu equipo, o Python: os.listdir(), shutil, open()."
        )
    print(explanation)


def script(body):
    """A `%%bash` cell, line by line."""
    for line in body.splitlines():
        if line.strip() and not line.lstrip().startswith("#"):
            shell(line)
