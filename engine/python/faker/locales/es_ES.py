"""Spain."""

LOCALE = "es_ES"
COUNTRY_CODE = "ES"
CALLING_CODE = "+34"
BBAN_DIGITS = 20


def _lines(text):
    return tuple(line.strip() for line in text.strip().splitlines())


FIRST_NAMES_MALE = tuple(
    """Aarón Abel Adrián Agustín Alberto Alejandro Alfonso Alfredo Álvaro Amador Andrés Ángel Antonio Aníbal Armando Arturo Aurelio
    Baltasar Bartolomé Basilio Benito Benjamín Bernardo Blas Borja Bruno Camilo Carlos Cayetano César Ciro Claudio Cristian Cristóbal
    Damián Daniel Darío David Diego Domingo Edgar Edmundo Eduardo Efraín Elías Eloy Emiliano Emilio Enrique Ernesto Esteban Eugenio
    Eusebio Fabián Federico Feliciano Felipe Félix Fermín Fernando Fidel Florencio Francisco Froilán Gabriel Gaspar Gerardo Germán
    Gonzalo Gregorio Guillermo Gustavo Héctor Hernán Hilario Hugo Ignacio Ildefonso Iker Isaac Isidoro Iván Izan Jacinto Jaime Javier
    Jerónimo Jesús Joaquín Joel Jonás Jordi Jorge José Josep Juan Julián Julio Lázaro Leandro Leonardo Leopoldo Lorenzo Lucas Luciano
    Luis Manuel Marcelino Marcelo Marcos Mariano Mario Martín Mateo Matías Mauricio Máximo Miguel Modesto Narciso Nicolás Noé Octavio
    Óscar Pablo Pascual Patricio Pau Pedro Pelayo Plácido Quintín Rafael Ramiro Ramón Raúl René Ricardo Roberto Rodolfo Rodrigo Rogelio
    Román Rubén Salvador Samuel Sandalio Santiago Saúl Sebastián Sergio Silvestre Simón Teodoro Tomás Unai Ulises Urbano Valentín
    Vicente Víctor Vidal Xavier Yago Zacarías""".split()
)
FIRST_NAMES_FEMALE = tuple(
    """Abigail Ada Adela Adriana África Ágata Águeda Aina Ainhoa Alba Alejandra Alicia Almudena Amalia Amanda Amaya Amelia Amparo Ana
    Andrea Ángela Ángeles Antonia Araceli Ariadna Asunción Aurora Azucena Bárbara Beatriz Begoña Belén Berta Blanca Brígida Candela
    Carla Carlota Carmen Carolina Catalina Cecilia Celia Celeste Clara Claudia Clotilde Concepción Consuelo Cristina Dafne Daniela Débora
    Delia Diana Dolores Dora Elba Elena Elisa Elvira Emilia Emma Encarnación Esperanza Estefanía Estela Ester Eugenia Eulalia Eva Fabiola
    Fátima Felisa Flora Francisca Gabriela Gema Genoveva Gloria Graciela Greta Guadalupe Helena Herminia Inés Inmaculada Irene Iria Iris
    Isabel Isidora Jacinta Jimena Josefa Juana Julia Juliana Laia Lara Laura Leire Leonor Leticia Lidia Lola Lorena Lourdes Lucía Luisa
    Luz Macarena Magdalena Maite Manuela Marcela Margarita María Mariana Marina Marta Martina Matilde Mercedes Milagros Mireia Míriam
    Mónica Montserrat Nadia Natalia Nerea Nieves Noelia Noemí Nora Nuria Olga Olivia Paloma Pastora Patricia Paula Paulina Pilar Priscila
    Raquel Rebeca Regina Remedios Reyes Rita Rocío Rosa Rosalía Rosario Rufina Sabina Salma Salomé Sandra Sara Silvia Sofía Soledad Sonia
    Susana Tamara Tania Tatiana Teresa Trinidad Valentina Valeria Vanesa Vega Verónica Victoria Violeta Virginia Visitación Yaiza Yolanda
    Zaida Zoe""".split()
)
LAST_NAMES = tuple(
    """Abad Abascal Acevedo Acosta Agudo Aguilar Aguilera Agustí Alarcón Alba Alberdi Alcalá Alcaraz Alcázar Alegre Alfaro Aliaga
    Almagro Alonso Álvarez Amador Amorós Andrade Andreu Andrés Aragón Aramburu Aranda Arenas Arias Arjona Armas Arnau Arregui Arribas
    Arroyo Asensio Ávila Aznar Báez Ballester Ballesteros Barba Barbero Barceló Barragán Barranco Barreda Barrera Barrio Barroso Bastida
    Baró Bautista Becerra Belmonte Beltrán Benavent Benavides Benítez Bermejo Bermúdez Bernal Bernat Blanca Blanco Blasco Bolaños Bonet
    Bosch Botella Bou Bravo Briones Bueno Burgos Bustamante Bustos Caballero Cabañas Cabello Cabezas Cabo Cabrera Cáceres Calatayud
    Calderón Calvet Calvo Calzada Cámara Campillo Campos Cánovas Cañas Cañete Cano Cantero Cárdenas Carmona Carnero Caro Carpio Carranza
    Carrasco Carreras Carrillo Carrión Casado Casals Casanova Casas Castañeda Castellanos Castelló Castilla Castillo Castro Catalá
    Cazorla Cerdá Cerezo Cervantes Cervera Chacón Chamorro Chaves Cid Cisneros Clavero Climent Cobo Coello Collado Colomer Company
    Contreras Corbacho Cordero Córdoba Cornejo Coronado Corral Correa Cortés Costa Crespo Cruz Cuadrado Cuenca Cuesta Dávila Delgado Díaz
    Díez Domingo Domínguez Donoso Duarte Durán Echevarría Egea Elorza Enríquez Escobar Escribano Escudero Espada España Esparza Espejo
    Espinosa Esteban Esteve Estrada Expósito Fajardo Falcó Farré Feliu Fernández Ferrán Ferrer Figueroa Flor Flores Folch Fonseca Font
    Franco Fuente Fuentes Fuster Galán Galiano Gallardo Gallego Gálvez Gárate García Garrido Garriga Gascón Gelabert Gil Giménez Giner
    Girona Gisbert Godoy Gómez González Gracia Granados Guardiola Guerra Guerrero Guijarro Guillén Gutiérrez Guzmán Haro Heras Heredia
    Hernández Herranz Herrera Herrero Hervás Hidalgo Hierro Hoyos Huerta Hurtado Ibáñez Ibarra Iglesias Infante Iniesta Iriarte Izquierdo
    Jaén Jara Jáuregui Jiménez Jordán Jover Juan Juárez Jurado Lago Laguna Landa Lara Larrañaga Lasa Latorre Leiva León Lerma Lillo
    Llano Llobet Llopis Lobato Lobo López Lorenzo Losada Lozano Lucena Luna Luque Machado Macías Madrid Maestre Malo Manrique Manzano
    Marcos Marí Marín Márquez Martí Martín Martínez Mas Mata Mateo Mateos Mayo Mayoral Medina Mejía Melero Méndez Mendizábal Mendoza
    Menéndez Mercader Merino Mesa Miguel Millán Mínguez Miralles Miranda Miró Molina Moliner Moll Mondragón Monreal Montalbán Montaña
    Montenegro Montero Montes Montoya Mora Moraleda Morales Morán Morante Morcillo Moreno Moya Múgica Muñoz Murcia Murillo Nadal Naranjo
    Narváez Navarrete Navarro Neira Nevado Nicolau Nieto Nogueira Noguera Novoa Núñez Ocaña Ochoa Ojeda Olivares Oliver Olmedo Olmo
    Ordóñez Orozco Ortega Ortiz Ortuño Osorio Osuna Otero Padilla Páez Palacio Palacios Palau Palma Palomar Palomino Pardo Paredes
    Parra Pascual Pastor Patiño Pavón Paz Pedraza Pedro Peinado Peláez Pellicer Peña Peral Perales Pereira Perelló Pérez Perea Pi Pineda
    Pinedo Pino Pinto Piñol Pizarro Pla Plaza Polo Pomares Pons Porcel Portero Portillo Posada Pozo Prado Prats Prieto Puente Puerta Puig
    Pujol Quero Quesada Quevedo Quintana Quintero Quirós Ramírez Ramis Ramón Ramos Raya Real Rebollo Recio Redondo Reguera Reig Requena
    Revilla Rey Reyes Riba Ribera Ribes Rico Rincón Río Ríos Riquelme Rius Rivas Rivera Rivero Robledo Robles Roca Rocha Roda Rodríguez
    Roig Rojas Roldán Roma Román Romero Ropero Ros Rosado Rosales Rosell Rovira Royo Rubio Rueda Ruiz Rus Sacristán Sáenz Sáez Sala
    Salas Salazar Salcedo Saldaña Salgado Salinas Salvà Salvador Samper Sanabria Sancho Sánchez Sandoval Sanjuán Sanmartín Santamaría
    Santana Santiago Santos Sanz Sarabia Sastre Saura Sebastián Segarra Segovia Segura Seguí Serna Serra Serrano Sevilla Sierra Silva
    Simó Sola Solana Soler Solé Solís Soria Soriano Sosa Sotelo Soto Suárez Sureda Taboada Talavera Tapia Tejada Tejedor Tejero Téllez
    Tello Tena Terrón Toledo Tolosa Tomás Toro Torralba Torre Torrecilla Torrens Torres Torrijos Tovar Trillo Trujillo Tudela Tur Ugarte
    Ureña Uría Uribe Urrutia Valbuena Valcárcel Valderrama Valdés Valencia Valenzuela Valera Valero Vall Vallejo Valls Valverde Vaquero
    Vara Varela Vargas Vázquez Vega Velasco Velázquez Vélez Vendrell Vera Verdejo Verdú Vergara Viana Vicente Vicens Vidal Vigil Vila
    Vilalta Villa Villalba Villalobos Villanueva Villar Villaverde Villegas Villena Viña Viñas Vives Yáñez Zabala Zamora Zaragoza Zorrilla
    Zurita""".split()
)
NAME_PATTERNS = (
    *("{{first}} {{last_name}} {{last_name}}",) * 6,
    "{{first}} {{last_name}}", "{{first}} {{prefix}} {{last_name}}", "{{first}} {{last_name}}-{{last_name}}",
    "{{first}} {{first}} {{last_name}} {{last_name}}",
)
PREFIXES = ("de", "del")
SUFFIXES = ("",)

STATES = tuple(
    """Álava Albacete Alicante Almería Asturias Ávila Badajoz Baleares Barcelona Burgos Cáceres Cádiz Cantabria Castellón Ceuta Córdoba
    Cuenca Girona Granada Guadalajara Guipúzcoa Huelva Huesca Jaén León Lleida Lugo Madrid Málaga Melilla Murcia Navarra Ourense Palencia
    Pontevedra Salamanca Segovia Sevilla Soria Tarragona Teruel Toledo Valencia Valladolid Vizcaya Zamora Zaragoza""".split()
) + ("A Coruña", "Ciudad Real", "La Rioja", "Las Palmas", "Santa Cruz de Tenerife")
CITIES = STATES
REGIONS = _lines("""
    Andalucía
    Aragón
    Canarias
    Cantabria
    Castilla y León
    Castilla-La Mancha
    Cataluña
    Comunidad de Madrid
    Comunitat Valenciana
    Extremadura
    Galicia
    Illes Balears
    La Rioja
    Navarra
    País Vasco
    Principado de Asturias
    Región de Murcia
""")
COUNTRIES = (
    ("AD", "Andorra"), ("AR", "Argentina"), ("AT", "Austria"), ("AU", "Australia"), ("BE", "Bélgica"), ("BG", "Bulgaria"),
    ("BO", "Bolivia"), ("BR", "Brasil"), ("CA", "Canadá"), ("CH", "Suiza"), ("CL", "Chile"), ("CN", "China"), ("CO", "Colombia"),
    ("CR", "Costa Rica"), ("CU", "Cuba"), ("CZ", "Chequia"), ("DE", "Alemania"), ("DK", "Dinamarca"), ("DO", "República Dominicana"),
    ("EC", "Ecuador"), ("EE", "Estonia"), ("EG", "Egipto"), ("ES", "España"), ("FI", "Finlandia"), ("FR", "Francia"),
    ("GB", "Reino Unido"), ("GR", "Grecia"), ("GT", "Guatemala"), ("HN", "Honduras"), ("HR", "Croacia"), ("HU", "Hungría"),
    ("IE", "Irlanda"), ("IN", "India"), ("IS", "Islandia"), ("IT", "Italia"), ("JP", "Japón"), ("KR", "Corea del Sur"),
    ("LT", "Lituania"), ("LU", "Luxemburgo"), ("LV", "Letonia"), ("MA", "Marruecos"), ("MX", "México"), ("NI", "Nicaragua"),
    ("NL", "Países Bajos"), ("NO", "Noruega"), ("NZ", "Nueva Zelanda"), ("PA", "Panamá"), ("PE", "Perú"), ("PH", "Filipinas"),
    ("PL", "Polonia"), ("PT", "Portugal"), ("PY", "Paraguay"), ("RO", "Rumanía"), ("SE", "Suecia"), ("SI", "Eslovenia"),
    ("SK", "Eslovaquia"), ("SN", "Senegal"), ("SV", "El Salvador"), ("TN", "Túnez"), ("TR", "Turquía"), ("UA", "Ucrania"),
    ("US", "Estados Unidos"), ("UY", "Uruguay"), ("VE", "Venezuela"), ("ZA", "Sudáfrica"),
)
LOCATIONS = (
    ("40.4165", "-3.70256", "Madrid", "ES", "Europe/Madrid"), ("41.38879", "2.15899", "Barcelona", "ES", "Europe/Madrid"),
    ("39.46975", "-0.37739", "Valencia", "ES", "Europe/Madrid"), ("37.38283", "-5.97317", "Sevilla", "ES", "Europe/Madrid"),
    ("38.34517", "-0.48149", "Alicante", "ES", "Europe/Madrid"), ("38.26218", "-0.70107", "Elche", "ES", "Europe/Madrid"),
    ("43.26271", "-2.92528", "Bilbao", "ES", "Europe/Madrid"), ("41.65606", "-0.87734", "Zaragoza", "ES", "Europe/Madrid"),
)
STREET_PREFIXES = (
    "Acceso", "Alameda", "Avenida", "Calle", "Callejón", "Camino", "Cañada", "Cuesta", "Glorieta", "Paseo", "Pasaje", "Plaza",
    "Rambla", "Ronda", "Travesía", "Urbanización", "Vía",
)
STREET_SUFFIXES = ("",)
STREET_PATTERNS = ("{{street_prefix}} {{name}}", "{{street_prefix}} de {{name}}", "{{street_prefix}} {{last_name}}")
SECONDARY_ADDRESSES = ("Apt. ##", "Piso #", "Puerta #")
STREET_ADDRESS_PATTERNS = ("{{street_name}} {{building_number}}", "{{street_name}} {{building_number}} {{secondary_address}}")
ADDRESS_PATTERNS = ("{{street_address}}\n{{state}}, {{postcode}}",)
COMPANY_PATTERNS = (
    "{{last_name}} {{company_suffix}}", "{{company_type}} {{last_name}} {{company_suffix}}", "{{last_name}} y {{last_name}} {{company_suffix}}",
    "{{company_type}} {{last_name}} & {{last_name}} {{company_suffix}}", "{{company_type}} del {{region}} {{company_suffix}}",
)
COMPANY_SUFFIXES = ("S.A.", "S.L.", "S.A.U.", "S.L.U.", "S.Coop.", "S.C.P.", "S.L.L.")
COMPANY_TYPES = (
    "Alimentación", "Asesoría", "Banca", "Comercial", "Compañía", "Construcción", "Consultoría", "Distribución", "Desarrollo",
    "Educación", "Energía", "Estudio", "Familia", "Fábrica", "Finanzas", "Grupo", "Hermanos", "Hostelería", "Industrias",
    "Infraestructuras", "Instalaciones", "Inversiones", "Logística", "Manufacturas", "Minería", "Promociones", "Restauración",
    "Seguros", "Servicios", "Sistemas", "Soluciones", "Suministros", "Supermercados", "Talleres", "Tecnologías", "Transportes",
)
CATCH_PHRASES = (
    ("Plataforma", "Arquitectura", "Solución", "Estrategia", "Red", "Interfaz", "Metodología", "Herramienta"),
    ("adaptable", "centrada en el cliente", "digital", "escalable", "intuitiva", "integrada", "multicanal", "robusta"),
    ("de bajo coste", "de nueva generación", "en la nube", "en tiempo real", "para empresas", "sin interrupciones"),
)
JOBS = _lines("""
    Abogado
    Administrador de bases de datos
    Agente comercial
    Agricultor
    Albañil
    Analista de datos
    Arquitecto
    Auxiliar de enfermería
    Bibliotecario
    Biólogo
    Bombero
    Camarero
    Carpintero
    Científico de datos
    Cocinero
    Conductor de autobús
    Contable
    Dentista
    Diseñador gráfico
    Economista
    Electricista
    Enfermero
    Farmacéutico
    Físico
    Fontanero
    Fotógrafo
    Ganadero
    Geólogo
    Ingeniero civil
    Ingeniero industrial
    Jardinero
    Maestro de primaria
    Matemático
    Mecánico
    Médico
    Músico
    Panadero
    Peluquero
    Periodista
    Pescador
    Policía
    Profesor de secundaria
    Programador
    Psicólogo
    Químico
    Técnico de laboratorio
    Técnico de sistemas
    Traductor
    Veterinario
    Zapatero
""")
PHONE_PATTERNS = ("+34 6## ### ###", "+34 7%# ### ###", "+34 9%# ### ###", "+349%#######", "+346########")
COLORS = (
    "Amarillo", "Azul", "Azul marino", "Beis", "Blanco", "Burdeos", "Celeste", "Cian", "Coral", "Gris", "Lavanda", "Lila", "Magenta",
    "Marfil", "Marrón", "Mostaza", "Naranja", "Negro", "Ocre", "Oliva", "Plata", "Púrpura", "Rojo", "Rosa", "Salmón", "Turquesa",
    "Verde", "Verde azulado", "Violeta",
)
LANGUAGES = (
    "Alemán", "Árabe", "Catalán", "Chino", "Euskera", "Francés", "Gallego", "Griego", "Inglés", "Italiano", "Japonés", "Neerlandés",
    "Polaco", "Portugués", "Rumano", "Ruso", "Sueco", "Turco", "Ucraniano", "Valenciano",
)
TLDS = ("com", "com", "es", "es", "net", "org")
TIME_ZONES = ("Europe/Madrid", "Atlantic/Canary", "Europe/Paris", "Europe/London", "America/Mexico_City", "America/Bogota", "Asia/Tokyo")
MONTHS = (
    "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre",
)
DAYS = ("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo")


def postcode(random):
    """The province, from 01 to 52, and three digits."""
    return f"{random.randint(1, 52):02d}{random.randint(0, 999):03d}"
